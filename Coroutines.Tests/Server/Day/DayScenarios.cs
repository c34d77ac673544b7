namespace Coroutines.Tests.Server.Day;

/// <summary>Feature: a server that has run for a day, with all kinds of clients, is as it was in the morning.</summary>
public sealed class DayScenarios
{
    private const long MaxGrowthBytes = 256 * 1024;

    [TestCase(1)]
    [TestCase(2)]
    public void After_a_day_every_answer_was_right_and_nothing_is_left(int seed)
    {
        using var day = new ServerDay(seed);
        var afterTheFirstHour = 0L;
        for (var hour = 1; hour <= 24; hour++)
        {
            day.PassAnHour();
            day.Failures.ShouldBeEmpty($"hour {hour} of seed {seed}");
            day.CheckThatNothingIsHeld();
            if (hour == 1)
                afterTheFirstHour = GC.GetTotalMemory(forceFullCollection: true);
        }
        (GC.GetTotalMemory(forceFullCollection: true) - afterTheFirstHour).ShouldBeLessThan(MaxGrowthBytes);
        day.Clients.ShouldBeGreaterThan(10_000);
        day.Answers.ShouldBeGreaterThan(50_000);
        day.Stop();
    }

    [Test]
    public void What_happens_is_a_function_of_the_seed()
    {
        HourOf(seed: 3).ShouldBe(HourOf(seed: 3));
        HourOf(seed: 3).ShouldNotBe(HourOf(seed: 4));
    }

    [Test]
    [Platform("Linux")]
    public void No_descriptor_is_left()
    {
        _ = HourOf(seed: 5); // the runtime opens some for itself
        var before = OpenDescriptors();
        _ = HourOf(seed: 6);
        OpenDescriptors().ShouldBeLessThanOrEqualTo(before);
    }

    private static (int Clients, int Answers, int Fingerprint) HourOf(int seed)
    {
        using var day = new ServerDay(seed);
        day.PassAnHour();
        day.Failures.ShouldBeEmpty();
        day.Stop();
        return (day.Clients, day.Answers, day.Fingerprint);
    }

    private static int OpenDescriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
}
