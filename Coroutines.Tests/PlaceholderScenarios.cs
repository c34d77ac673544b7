namespace Coroutines.Tests;

public sealed class PlaceholderScenarios
{
    [Test]
    public void One_is_one() => 1.ShouldBe(1);
}
