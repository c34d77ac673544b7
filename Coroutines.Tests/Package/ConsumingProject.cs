using Coroutines.Tests.Docs;

namespace Coroutines.Tests.Package;

/// <summary>A console program outside of the repository that gets the library as its users do: from a package.</summary>
/// <remarks>What the library depends on was restored with this repository, and comes from there: no network is needed.
/// What is restored here stays in the project's own folder, so that no later build finds it.</remarks>
internal sealed class ConsumingProject(PackedLibrary package)
{
    private const string Dependency = "mono.posix.netstandard";

    private string Folder => Path.Combine(package.Folder, "consumer");

    public void Write()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "nuget.config"), Configuration());
        File.WriteAllText(Path.Combine(Folder, "consumer.csproj"), Project);
        File.WriteAllText(Path.Combine(Folder, "Program.cs"), Program());
    }

    /// <summary>Builds and runs it, and returns what it printed.</summary>
    public string Run()
    {
        DotNet.Run(Folder, ["build", "--disable-build-servers", "-o", "out"]);
        return DotNet.Run(Folder, [Path.Combine("out", "consumer.dll")]);
    }

    private string Configuration()
    {
        var restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? UsersPackages;
        if (!Directory.Exists(Path.Combine(restored, Dependency)))
            Assert.Ignore($"{Dependency} isn't in '{restored}', where restoring the repository puts it by default.");
        return $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{package.Feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="restored" value="{restored}" />
              </fallbackPackageFolders>
              <config>
                <add key="globalPackagesFolder" value="packages" />
              </config>
            </configuration>
            """;
    }

    private static string UsersPackages =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string Project =>
        $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Coroutines" Version="{PackedLibrary.Version}" />
              </ItemGroup>
            </Project>
            """;

    // The coroutines are those of the package's page, word for word.
    private static string Program()
    {
        var blocks = Repository.PageOfThePackage.CodeBlocks().Select(block => block.Text).ToList();
        var (import, echo) = blocks[0].Split("\n\n", 2) is [var first, var rest] ? (first, rest) : ("", blocks[0]);
        return $$"""
            using System.Net;
            using System.Net.Sockets;
            using System.Text;
            using Coroutines;
            {{import}}

            var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
            var address = listener.LocalEndPoint!;

            using var scheduler = new Scheduler();
            scheduler.Spawn(Serve(listener), "server");
            var talk = new Thread(Talk);
            talk.Start();
            scheduler.Run();
            talk.Join();

            void Talk()
            {
                using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                client.ReceiveTimeout = 60_000;
                client.Connect(address);
                client.Send("hello"u8);
                var answer = new byte[5];
                for (var received = 0; received < answer.Length;)
                    received += client.Receive(answer.AsSpan(received));
                Console.Write(Encoding.UTF8.GetString(answer));
                scheduler.Stop();
            }

            {{echo}}

            {{blocks[1]}}
            """;
    }
}
