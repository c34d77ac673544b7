using Server.Host;
using Server.Host.Models;

IgnoredSignal.Heed();
IgnoredSignal.IgnoreFileLimit();
return ChildCommand.TryRun(args) ?? new CommandLine(WebServer.Run).Run(args);
