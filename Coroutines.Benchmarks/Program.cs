using BenchmarkDotNet.Running;
using Coroutines.Benchmarks;

switch (args)
{
    case ["memory", ..]:
        Memory.Print();
        Crowd.Print();
        break;
    case ["quick", .. var rest]:
        BenchmarkSwitcher
            .FromAssembly(typeof(Program).Assembly)
            .Run(rest is [] ? ["--filter", "*"] : rest, new QuickConfig());
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
