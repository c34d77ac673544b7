// The tasks of the repository: `dotnet tool restore && dotnet cake`. `dotnet cake --description` lists them.
var target = Argument("target", "Default");
var configuration = Argument("configuration", "Release");
const string Solution = "./Coroutines.slnx";

void Run(string arguments)
{
    var exit = StartProcess("dotnet", arguments);
    if (exit != 0) throw new CakeException($"dotnet {arguments} ended with exit code {exit}.");
}

Task("Clean")
    .Description("Deletes what was built.")
    .Does(() => CleanDirectories(new[] { "./*/bin", "./*/obj", "./artifacts" }.SelectMany(p => GetDirectories(p))));

Task("Format")
    .Description("Formats every C# file in place.")
    .Does(() => Run("csharpier format ."));

Task("CheckFormat")
    .Description("Fails if a C# file isn't formatted.")
    .Does(() => Run("csharpier check ."));

Task("Build")
    .Description("Builds everything; a warning is an error.")
    .Does(() => Run($"build {Solution} --configuration {configuration}"));

Task("Test")
    .Description("Runs every test.")
    .IsDependentOn("Build")
    .Does(() => Run($"test --no-build --configuration {configuration}"));

Task("Bench")
    .Description("Runs the benchmarks of the core; takes minutes. Choose some with --filter=*Resume*.")
    .Does(() => Run($"run --configuration Release --project Coroutines.Benchmarks -- --filter {Argument("filter", "*")}"));

Task("Publish")
    .Description("Publishes the server to artifacts/server, framework-dependent.")
    .Does(() => Run("publish Server.Host --configuration Release --output artifacts/server"));

Task("Default")
    .Description("Builds, checks the format and tests.")
    .IsDependentOn("CheckFormat")
    .IsDependentOn("Build")
    .IsDependentOn("Test");

RunTarget(target);
