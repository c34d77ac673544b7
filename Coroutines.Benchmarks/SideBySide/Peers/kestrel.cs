#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:property TargetFramework=net10.0

// Kestrel with its static files, and nothing else: kestrel FOLDER [LOG-FOLDER]
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.FileProviders;

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
if (args.Length > 1)
    builder.Services.AddW3CLogging(logging =>
    {
        logging.LogDirectory = args[1];
        logging.FileSizeLimit = null;
    });
var app = builder.Build();
if (args.Length > 1)
    app.UseW3CLogging();
app.UseStaticFiles(
    new StaticFileOptions { FileProvider = new PhysicalFileProvider(args[0]), ServeUnknownFileTypes = true }
);
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"kestrel at {app.Urls.First()}/"));
app.Run();
