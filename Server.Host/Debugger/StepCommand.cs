using System.CommandLine;
using Server.Host.Admin;
using Server.Host.Configuration;

namespace Server.Host.Debugger;

/// <summary><c>Server.Host step [port] [root]</c>: serves a folder, and stands still after each step until one says how to
/// go on.</summary>
internal sealed class StepCommand : Command
{
    private readonly ServeArguments arguments = new();

    public StepCommand()
        : base("step", "Serves a folder step by step: a debugger at the terminal.")
    {
        arguments.AddTo(this);
        Validators.Add(said =>
        {
            if (said.TextOf(arguments.AdminPort) is not (null or ServerOptions.Off))
                said.AddError($"step stands still most of the time, and has no {AdminPortOption.Name}.");
            if (WorkersOption.AreSeveral(said))
                said.AddError($"step goes through one scheduler; leave out {WorkersOption.Name}.");
        });
        SetAction(result =>
            Run(
                arguments.Read(result),
                Console.In,
                result.InvocationConfiguration.Output,
                result.InvocationConfiguration.Error
            )
        );
    }

    private static int Run(ServerOptions options, TextReader input, TextWriter output, TextWriter error)
    {
        try
        {
            WebServer.Check(options);
            var listeners = Listening.Open(options);
            Serve(options with { Timeouts = Unhurried.Of(options.Timeouts) }, listeners, input, output);
            return ExitCode.Succeeded;
        }
        catch (StartException wrong)
        {
            error.WriteLine(wrong.Message);
            return ExitCode.Failed;
        }
    }

    private static void Serve(
        ServerOptions options,
        IReadOnlyList<Coroutines.Sockets.Listener> listeners,
        TextReader input,
        TextWriter output
    )
    {
        using var logging = new Logging(options);
        using var reopening = new ReopenSignal(logging.Reopen);
        using var server = new StudiedServer(options, logging, StepMode.Paused);
        using var signals = new StopSignals(() => Environment.Exit(ExitCode.Succeeded));
        output.WriteLine(
            $"Stepping through {Path.GetFullPath(options.Root)} at {Listening.AddressOf(listeners, options)}"
        );
        server.Start(listeners);
        new StepSession(server.Study, input, output).Run();
        server.Stop();
        server.Join();
    }
}
