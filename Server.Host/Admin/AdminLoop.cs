using Coroutines;

namespace Server.Host.Admin;

/// <summary>A loop that an admin port tells of.</summary>
/// <param name="Name">What tells it from others; null if there are none.</param>
/// <param name="Scheduler">What runs its coroutines.</param>
internal sealed record AdminLoop(string? Name, Scheduler Scheduler);
