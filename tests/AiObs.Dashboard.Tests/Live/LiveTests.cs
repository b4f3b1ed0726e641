using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AiObs.Dashboard.Tests.Live;

/// <summary>What readers of a live list are sent.</summary>
public sealed class LiveTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Live_WhileNothingHappens_SaysThatItIsStillThere()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await DashboardHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        using var response = await host.SendAsync("/live");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        Assert.Equal(": hello", await reader.ReadLineAsync(Token));
        Assert.Equal("", await reader.ReadLineAsync(Token));

        var line = reader.ReadLineAsync(Token).AsTask();
        while (!line.IsCompleted)
        {
            // It may not wait yet.
            clock.Advance(TimeSpan.FromSeconds(15));
            await Task.WhenAny(line, Task.Delay(20, Token));
        }

        Assert.Equal(": still here", await line);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Live_WithTwoReaders_TellsBothTheSame()
    {
        await using var host = await DashboardHost.StartAsync();
        using var first = await host.SendAsync("/live");
        using var second = await host.SendAsync("/live");
        using var left = new StreamReader(await first.Content.ReadAsStreamAsync(Token));
        using var right = new StreamReader(await second.Content.ReadAsStreamAsync(Token));
        var rows = Task.WhenAll(FirstRowAsync(left, "0b"), FirstRowAsync(right, "0b"));
        while (!rows.IsCompleted)
        {
            // They may not be there yet.
            await host.Traces.AppendAsync([Spans.Make(11, Random.Shared.Next(2, int.MaxValue), time: DateTimeOffset.UtcNow, name: "é")], Token);
            await Task.WhenAny(rows, Task.Delay(100, Token));
        }

        Assert.Equal(["data: <tr id=\"t0000000000000000000000000000000b\">", "data: <tr id=\"t0000000000000000000000000000000b\">"], await rows);
    }

    private static async Task<string> FirstRowAsync(StreamReader reader, string end)
    {
        while (true)
        {
            var line = await reader.ReadLineAsync(Token) ?? throw new EndOfStreamException();
            if (line.EndsWith(end + "\">", StringComparison.Ordinal))
            {
                return line;
            }
        }
    }
}
