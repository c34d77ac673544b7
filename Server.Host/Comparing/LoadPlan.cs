namespace Server.Host.Comparing;

/// <summary>How a server is to be loaded.</summary>
/// <param name="Clients">How many clients ask at once.</param>
/// <param name="Use">How many requests each sends over one connection.</param>
/// <param name="Page">What they ask for.</param>
/// <param name="Duration">How long their requests are counted. The load lasts longer: it begins a quarter of that
/// earlier, or as much as it takes until each client was answered; and it ends with the answers that are under way.</param>
internal sealed record LoadPlan(int Clients, ConnectionUse Use, Page Page, TimeSpan Duration)
{
    /// <summary>How long each client is waited for to have its first answer. Where a process is started for each, that
    /// takes seconds; where one keeps its place, others wait in vain.</summary>
    public static readonly TimeSpan MaxWarmUp = TimeSpan.FromSeconds(10);

    /// <summary>How long nothing is counted at first.</summary>
    public TimeSpan WarmUp => Duration / 4;
}
