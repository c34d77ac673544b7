namespace Server.Host.Debugger;

/// <summary>A process as the kernel shows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="State">One letter, as in ps(1): R runs, S sleeps, Z has ended and wasn't reaped.</param>
/// <param name="Sockets">Its descriptors that are sockets, such as <c>12 socket:[34567]</c>: the same number in brackets in
/// two processes is the same socket.</param>
internal readonly record struct ProcessRow(int Id, string State, IReadOnlyList<string> Sockets);
