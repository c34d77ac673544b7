namespace Server.Host.Files;

/// <summary>Whether a file that isn't in memory is waited for.</summary>
internal enum DiskWait
{
    Allowed,
    Refused,
}
