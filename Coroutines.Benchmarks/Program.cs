using BenchmarkDotNet.Running;
using Coroutines.Benchmarks;
using Coroutines.Benchmarks.ColdDisk;
using Coroutines.Benchmarks.SideBySide;

switch (args)
{
    case ["memory", ..]:
        Memory.Print();
        Crowd.Print();
        break;
    case ["quick", .. var rest]:
        BenchmarkSwitcher
            .FromAssembly(typeof(Memory).Assembly)
            .Run(rest is [] ? ["--filter", "*"] : rest, new QuickConfig());
        break;
    case ["cold-disk"]:
        ColdDiskCommand.Print();
        break;
    case ["side-by-side", .. var rest]:
        return SideBySideCommand.Run(rest);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Memory).Assembly).Run(args);
        break;
}
return 0;
