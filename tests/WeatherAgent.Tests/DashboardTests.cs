using System.Diagnostics;
using System.Globalization;
using AiObs.TestSupport;

namespace WeatherAgent.Tests;

public sealed class DashboardTests
{
    private const string Start = "Dashboard: ";
    private const string End = " (Ctrl+C ends it)";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Run_WithDashboard_ServesWhatItObserved_UntilItIsEnded()
    {
        using var process = WeatherProcess.Start("--dashboard", "--question", "What is the weather in Oslo?");
        var address = await ReadAddressAsync(process).WaitAsync(HangGuard.Limit, Token);
        using var client = new HttpClient();

        var list = await client.GetStringAsync(new Uri($"{address}/traces"), Token);
        await EndAsync(process);

        Assert.Contains("<bdi>invoke_agent weather-assistant</bdi>", list, StringComparison.Ordinal);
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Reads what the sample shows, up to the line with the address.</summary>
    private static async Task<string> ReadAddressAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            if (line.StartsWith(Start, StringComparison.Ordinal) && line.EndsWith(End, StringComparison.Ordinal))
            {
                return line[Start.Length..^End.Length];
            }
        }

        throw new InvalidOperationException($"The sample ended without serving: {await process.StandardError.ReadToEndAsync(Token)}");
    }

    /// <summary>Ends the sample by the signal that a host takes as it takes Ctrl+C: that itself is ignored by what was started in the background of a shell.</summary>
    private static async Task EndAsync(Process process)
    {
        using var interrupt = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(Token).WaitAsync(HangGuard.Limit, Token);
    }
}
