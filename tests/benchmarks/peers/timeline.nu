# The timeline as nushell prints it, with the ids of the actors: nu timeline.nu FILE
def main [file: path] {
    let digest = open --raw $file | from yaml
    print "| date | event | actors |"
    print "|---|---|---|"
    $digest.timeline | sort-by { $in.date? | default "~" } | each {|event|
        $"| ($event.date? | default "") | ($event.event) | ($event.actors? | default [] | str join ', ') |"
    } | str join "\n" | print
}
