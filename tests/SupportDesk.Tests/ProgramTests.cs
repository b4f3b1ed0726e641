using System.Net;
using System.Net.Sockets;
using AiObs.TestSupport;

namespace SupportDesk.Tests;

/// <summary>Starts the program as a user does.</summary>
public sealed class ProgramTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Start_WithoutAKey_SaysWhereThePageIsAndServesIt()
    {
        using var folder = new TemporaryDirectory();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestToken);
        using var output = new SignalWriter();
        var file = folder.File("desk.db");
        var run = Program.RunAsync(["--urls", "http://127.0.0.1:0", "--Desk:Provider", "Script", "--Desk:Database", file], output, TextWriter.Null, stop.Token);

        var introduction = await output.Written;
        var address = introduction.Split('\n')[0].Replace("Support desk: ", "", StringComparison.Ordinal).Trim();
        using var http = new HttpClient();
        var page = await http.GetStringAsync(address, TestToken);
        var dashboard = await http.GetStringAsync($"{address}/aiobs", TestToken);
        await stop.CancelAsync();

        Assert.Equal(0, await run);
        Assert.Contains("<title>Support desk</title>", page, StringComparison.Ordinal);
        Assert.Contains("""<a href="/aiobs">dashboard</a>""", page, StringComparison.Ordinal);
        Assert.Contains("<title>Overview · Support desk</title>", dashboard, StringComparison.Ordinal);
        Assert.Equal(
            [
                $"Support desk: {address}",
                $"Dashboard:    {address}/aiobs",
                "",
                "  model    claude-sonnet-4-5, played by a script (set ANTHROPIC_API_KEY or OPENAI_API_KEY for a real one)",
                $"  store    {file}: events and costs; traces beside it",
                "  budget   $0.03 for a visitor and a day, $1 for everybody",
            ],
            introduction.ReplaceLineEndings("\n").Split('\n')[..6]);
    }

    [Theory]
    [InlineData("--Desk:VisitorBudget", "0", "The field VisitorBudget must be between 1E-06 and 1000.")]
    [InlineData("--Desk:AnswerTimeout", "00:00:00", "The field AnswerTimeout must be between 00:00:01 and 01:00:00.")]
    [InlineData("--Desk:TotalBudget", "much", "Failed to convert configuration value 'much' at 'Desk:TotalBudget' to type 'System.Decimal'.")]
    public async Task Start_WithAWrongSetting_SaysWhichAndExitsWithTwo(string option, string value, string expected)
    {
        using var error = new StringWriter();

        Assert.Equal(2, await Program.RunAsync([option, value], TextWriter.Null, error, TestToken));
        Assert.Equal(expected, error.ToString().TrimEnd());
    }

    [Fact]
    public async Task Start_OnATakenPort_SaysHowToTakeAnotherAndExitsWithOne()
    {
        using var folder = new TemporaryDirectory();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var error = new StringWriter();

        Assert.Equal(1, await Program.RunAsync(
            ["--urls", $"http://{listener.LocalEndpoint}", "--Desk:Provider", "Script", "--Desk:Database", folder.File("desk.db")], TextWriter.Null, error, TestToken));
        Assert.Equal($"Failed to bind to address http://{listener.LocalEndpoint}: address already in use. Another address: --urls http://127.0.0.1:0", error.ToString().TrimEnd());
    }

    private sealed class SignalWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Written => _written.Task;

        public override void WriteLine(string? value) => _written.TrySetResult(value!);
    }
}
