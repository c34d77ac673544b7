// Under afl-fuzz (see fuzz.sh) the bytes come from it. With files as arguments, those are tried one after the other, by a
// build that is not instrumented: instrumented code runs within Fuzzer.Run alone.
using Coroutines.Fuzz;
using SharpFuzz;

if (args.Length > 0)
{
    using var tried = new FuzzedServer();
    foreach (var file in args)
    {
        Console.WriteLine(file);
        tried.Try(File.ReadAllBytes(file));
    }
    return;
}
FuzzedServer? server = null;
var buffer = new byte[64 * 1024];
Fuzzer.Run(stream =>
{
    server ??= new FuzzedServer();
    var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    server.Try(buffer.AsSpan(0, length));
});
