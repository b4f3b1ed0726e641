using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AiObs.TestSupport;

namespace FakeModelServer.Tests;

/// <summary>Runs the server as a process of its own.</summary>
public sealed partial class StandAloneTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WrongArguments_ExitsWithTwoAndSaysWhy()
    {
        using var server = new ServerProcess("--port", "abc");

        var error = await server.Error.ReadToEndAsync(TestToken);

        Assert.Equal(2, await server.WaitForExitCodeAsync(TestToken));
        Assert.Equal("'abc' is not a port: it must be a number between 0 and 65535. Try --help.", error.TrimEnd());
    }

    [Fact]
    public async Task Run_Help_ExitsWithZeroAndExplains()
    {
        using var server = new ServerProcess("--help");

        var output = await server.Output.ReadToEndAsync(TestToken);

        Assert.Equal(0, await server.WaitForExitCodeAsync(TestToken));
        Assert.Contains("--port PORT", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PortIsTaken_ExitsWithOneAndSaysWhy()
    {
        await using var other = await FakeServer.StartAsync(cancellationToken: TestToken);
        using var server = new ServerProcess("--port", $"{other.BaseAddress.Port}");

        var error = await server.Error.ReadToEndAsync(TestToken);

        Assert.Equal(1, await server.WaitForExitCodeAsync(TestToken));
        Assert.Contains("address already in use", error, StringComparison.Ordinal);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Run_ClientsDisconnectAndConnectionsAreCut_PrintsOnlyWhereItListens()
    {
        using var server = new ServerProcess();
        var firstLine = await server.Output.ReadLineAsync(TestToken);
        using var http = new HttpClient { BaseAddress = new Uri(AddressPattern().Match(firstLine!).Value) };
        await http.PostAsJsonAsync(
            "/_script", new object[] { new { text = "x", cutAfterPieces = 0 }, new { text = "x", pieceDelay = "01:00:00" } }, TestToken);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => PostMessageAsync(http, HttpCompletionOption.ResponseContentRead));
        (await PostMessageAsync(http, HttpCompletionOption.ResponseHeadersRead)).Dispose();
        await WaitForAsync(http, "\"outcome\":\"Cut\"");
        await WaitForAsync(http, "\"outcome\":\"Disconnected\"");
        server.Kill();

        Assert.Equal(string.Empty, await server.Output.ReadToEndAsync(TestToken));
        Assert.Equal(string.Empty, await server.Error.ReadToEndAsync(TestToken));
    }

    private static async Task<HttpResponseMessage> PostMessageAsync(HttpClient http, HttpCompletionOption completion)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/messages", UriKind.Relative));
        request.Content = JsonContent.Create(new { model = "m", stream = true });

        return await http.SendAsync(request, completion, TestToken);
    }

    private static async Task WaitForAsync(HttpClient http, string text)
    {
        var requests = new Uri("/_requests", UriKind.Relative);

        while (!(await http.GetStringAsync(requests, TestToken)).Contains(text, StringComparison.Ordinal))
        {
            await Task.Yield();
        }
    }

    [GeneratedRegex(@"http://[\d.:]+/")]
    private static partial Regex AddressPattern();
}
