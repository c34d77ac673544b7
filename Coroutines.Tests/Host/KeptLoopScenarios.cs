using Coroutines.Diagnostics;
using global::Server.Host;
using NLog;
using NLog.Config;
using NLog.Targets;
using static Coroutines.Wait;

namespace Coroutines.Tests.Host;

/// <summary>Feature: if a coroutine keeps the loop, SIGQUIT tells which.</summary>
/// <remarks>No coroutine of the server does that, so one is made up; and the signal would end these tests, so it is left
/// out.</remarks>
public sealed class KeptLoopScenarios : IDisposable
{
    private readonly Transcript messages = new();
    private readonly LogFactory factory = new();
    private readonly ManualResetEventSlim isKept = new();
    private readonly ManualResetEventSlim letGo = new();
    private readonly Scheduler scheduler = new();
    private readonly DumpSignal signal;
    private readonly Thread loop;

    public KeptLoopScenarios()
    {
        var configuration = new LoggingConfiguration(factory);
        configuration.AddRuleForAllLevels(new MethodCallTarget("messages", (one, _) => Tell(one)));
        factory.Configuration = configuration;
        signal = new DumpSignal(scheduler, new Log(factory.GetLogger("server")));
        loop = new Thread(scheduler.Run);
    }

    public void Dispose()
    {
        letGo.Set();
        scheduler.Stop();
        if (loop.IsAlive)
            loop.Join(ServerProcess.Patience).ShouldBeTrue();
        signal.Dispose();
        scheduler.Dispose();
        factory.Dispose();
        isKept.Dispose();
        letGo.Dispose();
    }

    [Test]
    public void It_is_named_with_the_line_from_which_it_was_resumed_and_the_dump_follows()
    {
        using var watchdog = new Watchdog(scheduler, Watchdog.MaxLimit);
        WhenACoroutineKeepsTheLoop();

        signal.Ask();

        messages
            .WaitFor("The loop doesn't answer")
            .ShouldContain("'hog', resumed from KeptLoopScenarios.Keeps at KeptLoopScenarios.cs:");
        letGo.Set();
        messages.WaitFor("Where the coroutines stand");
        messages.WaitFor("#1 'hog', waits for Sleep");
    }

    [Test]
    public void Without_a_watchdog_it_is_named_alone()
    {
        WhenACoroutineKeepsTheLoop();

        signal.Ask();

        messages.WaitFor("The loop doesn't answer").ShouldContain("#1 'hog', from where it was resumed isn't known");
    }

    private void WhenACoroutineKeepsTheLoop()
    {
        scheduler.Spawn(Keeps(), "hog");
        loop.Start();
        isKept.Wait(ServerProcess.Patience).ShouldBeTrue();
    }

    private IEnumerator<Wait> Keeps()
    {
        yield return Pause();
        isKept.Set();
        letGo.Wait();
        yield return Sleep(TimeSpan.FromHours(1));
    }

    private void Tell(LogEventInfo message)
    {
        foreach (var line in message.FormattedMessage.Split('\n'))
            messages.Add(line);
    }
}
