using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: inside means below, not beginning with the same letters.</summary>
public sealed class RealPathScenarios
{
    [TestCase("/srv/www", "/srv/www")]
    [TestCase("/srv/www", "/srv/www/a")]
    [TestCase("/srv/www/", "/srv/www/a")]
    [TestCase("/", "/a")]
    [TestCase("/", "/")]
    public void A_path_below_the_root_is_inside(string root, string path) => IsInside(root, path).ShouldBeTrue();

    [TestCase("/srv/www", "/srv/www-secret")]
    [TestCase("/srv/www", "/srv/www-secret/a")]
    [TestCase("/srv/www", "/srv/ww")]
    [TestCase("/srv/www", "/srv")]
    [TestCase("/srv/www", "/a/srv/www")]
    [TestCase("/srv/www", "pipe:[1]")]
    [TestCase("/", "pipe:[1]")]
    [TestCase("/", "")]
    [TestCase("/srv/www", "")]
    [TestCase("", "/a")]
    [TestCase("", "")]
    public void Any_other_path_is_outside(string root, string path) => IsInside(root, path).ShouldBeFalse();

    private static bool IsInside(string root, string path) => RealPath.IsInside<char>(root, path, '/');
}
