using global::Server.Host.Files;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Tests.Server.Files;

/// <summary>A folder whose files belong to others: nobody here can tell whether they are being written.</summary>
internal sealed class FolderOfStrangers(IFileRoot root) : RootAround(root)
{
    public override bool? HasWriter(SafeFileHandle file) => null;
}
