using System.Diagnostics;
using System.Text.Json.Nodes;

namespace AiObs.Tests.Operations.Content;

public sealed class ReflectionFreeTests
{
    private const string Switch = "System.Text.Json.JsonSerializer.IsReflectionEnabledByDefault";

    [Fact]
    public async Task PlainValues_InAProcessWhereJsonHasNoReflection_AreWrittenTheSame()
    {
        var assembly = typeof(PlainValueTests).Assembly.Location;
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(assembly, ".runtimeconfig.json"), TestContext.Current.CancellationToken))!;
        var runtime = settings["runtimeOptions"]!.AsObject();
        (runtime["configProperties"] ??= new JsonObject())[Switch] = false;
        var file = Path.Combine(Path.GetDirectoryName(assembly)!, $"reflection-free-{Environment.ProcessId}.runtimeconfig.json");
        await File.WriteAllTextAsync(file, settings.ToJsonString(), TestContext.Current.CancellationToken);
        try
        {
            using var child = Process.Start(new ProcessStartInfo(
                Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
                ["exec", "--runtimeconfig", file, "--depsfile", Path.ChangeExtension(assembly, ".deps.json"), assembly, "-class", typeof(PlainValueTests).FullName!, "-noLogo", "-noColor"])
            {
                RedirectStandardOutput = true,
            })!;
            var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.True(child.ExitCode == 0, output);
            Assert.Contains($"Total: {PlainValueTests.Names.Count}, Errors: 0, Failed: 0", output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
