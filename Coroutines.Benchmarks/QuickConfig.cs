using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using Perfolizer.Metrology;

namespace Coroutines.Benchmarks;

/// <summary>All benchmarks within a minute: in this process, so that nothing is built, and in short iterations.</summary>
/// <remarks>Fifteen of them and their median, since a machine that does other work at the same time disturbs single ones.
/// </remarks>
internal sealed class QuickConfig : ManualConfig
{
    public QuickConfig()
    {
        Add(DefaultConfig.Instance);
        HideColumns(Column.Error, Column.StdDev, Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2);
        AddColumn(StatisticColumn.Min, StatisticColumn.Median);
        AddJob(
            Job.Default.WithId("Quick")
                .WithToolchain(InProcessEmitToolchain.Instance)
                .WithWarmupCount(5)
                .WithIterationCount(15)
                .WithIterationTime(TimeInterval.FromMilliseconds(60))
        );
        WithOption(ConfigOptions.JoinSummary, true);
        WithOption(ConfigOptions.DisableLogFile, true);
    }
}
