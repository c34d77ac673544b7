namespace Server.Host.Exploring;

/// <summary>How large a modelled server is.</summary>
/// <param name="Max">How many children may run at a time.</param>
/// <param name="Clients">How many clients there are, all of them waiting from the start. A run ends when the last one has
/// its child.</param>
internal readonly record struct ServerSize(int Max, int Clients)
{
    public const int MaxLimit = 9;
}
