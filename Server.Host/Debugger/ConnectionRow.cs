namespace Server.Host.Debugger;

/// <summary>A connection of the state machine.</summary>
/// <param name="Descriptor">Its descriptor.</param>
/// <param name="State">Where it is.</param>
internal readonly record struct ConnectionRow(int Descriptor, string State);
