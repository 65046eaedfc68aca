# The timeline as nushell prints it: nu timeline.nu FILE
def main [file: path] {
    let digest = open --raw $file | from yaml
    let names = $digest.stakeholders | select id name | transpose --header-row --as-record
    print "| date | event | actors |"
    print "|---|---|---|"
    $digest.timeline | sort-by {|event| $event.date | into string } | each {|event|
        let actors = $event.actors? | default [] | each {|id| $names | get $id } | str join ", "
        $"| ($event.date) | ($event.event) | ($actors) |"
    } | str join "\n" | print
}
