namespace Server.Host.Files;

/// <summary>What stands at a path: its kind and its state.</summary>
/// <param name="Kind">The kind; <see cref="FileKind.Missing"/> by default.</param>
/// <param name="Stamp">The state; default if missing.</param>
internal readonly record struct Located(FileKind Kind, FileStamp Stamp);
