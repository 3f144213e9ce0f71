-------------------------- MODULE MCOpeningSituations --------------------------
(***************************************************************************)
(* Situations of agents that open and close disks; see MCSituations.       *)
(***************************************************************************)
EXTENDS MCOpening, Reaching

Situations ==
  /\ Met(61, "agent hears a command before it hears that the disk is open",
         \E a \in running : \E d \in DOMAIN cache[a] : OpeningOf(a, d).step = "opening")
  /\ Met(62, "close that comes when the disk is open again",
         \E m \in OfType("close") :
           /\ <<m.agent, m.disk>> \in DOMAIN openings
           /\ openings[<<m.agent, m.disk>>] > m.number)
  /\ Met(63, "opening that comes when it is closed already",
         \E m \in OfType("open") :
           OpeningOf(m.agent, m.disk) \in {[step |-> "closed", number |-> m.number],
                                           [step |-> "opening", number |-> m.number + 1]})
  /\ Met(64, "command from before an opening on its way",
         \E c \in Commands : /\ c.to \in running
                             /\ c.type # "get_entry"
                             /\ HasOpen(c.to, c.disk)
                             /\ \E s \in c.segments :
                                  VersionIn(c, s) < CachedEntry(c.to, c.disk, s).version)
  /\ Met(65, "disk closed by an agent whose answer is awaited",
         \E m \in OfType("close") : \E c \in Awaited : c.to = m.agent /\ c.disk = m.disk)
  /\ Met(66, "disk opened while it is frozen",
         \E g \in DOMAIN clones, m \in OfType("open") :
           clones[g].step = "freezing" /\ m.disk \in Range(g) /\ m.agent \notin Openers(m.disk))
  /\ Met(67, "disk opened while it is copied",
         \E s \in DOMAIN jobs, m \in OfType("open") :
           jobs[s].step \in {"copying", "switching"} /\ m.disk = jobs[s].disk)
  /\ Met(68, "disk that is going is asked for",
         \E m \in OfType("open") : m.disk \in DOMAIN deletions)
  /\ Met(69, "agent is given up while it opens a disk",
         \E m \in OfType("open") \union OfType("opened") :
           (IF m.type = "open" THEN m.agent ELSE m.to) \in running \ members)
  /\ Met(70, "controller comes back while an agent opens a disk",
         recovery.step = "telling" /\ OfType("open") # {})
=============================================================================
