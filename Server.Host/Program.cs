using Server.Host;
using Server.Host.Models;

IgnoredSignal.Heed();
return ChildCommand.TryRun(args) ?? new CommandLine(WebServer.Run).Run(args);
