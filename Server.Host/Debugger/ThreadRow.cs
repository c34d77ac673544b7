namespace Server.Host.Debugger;

/// <summary>A thread as the kernel shows it.</summary>
/// <param name="Name">Its name and its number.</param>
/// <param name="State">One letter, as in ps(1): R runs, S sleeps.</param>
internal readonly record struct ThreadRow(string Name, string State);
