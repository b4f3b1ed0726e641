using FakeModelServer;

namespace WeatherAgent.Tests;

/// <summary>Runs the sample on OpenAI's models through Microsoft.Extensions.AI.OpenAI.</summary>
public sealed class OpenAIRunTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OpenAI_ShowsWhatTheSdkAsItIsShows()
    {
        var run = await WeatherCall.RunAsync("--provider", "openai");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(RawRunTests.Expected, ShownText.Normalize(run.Output));
    }

    [Fact]
    public async Task Run_OpenAIWithoutStream_ShowsTheSameConversationAndSum()
    {
        var run = await WeatherCall.RunAsync("--provider", "openai", "--no-stream");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(RawRunTests.Expected[..RawRunTests.Expected.IndexOf("──", StringComparison.Ordinal)], run.Output, StringComparison.Ordinal);
        Assert.Contains("cost: $0.006803.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OpenAIWithKey_SaysWhoAnswersAndSendsInstructionsToolsAndKey()
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);

        var run = await WeatherCall.RunOpenAIAgainstAsync(server, "openai", "--model", "gpt-5", "--question", "Rain?");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith($"Weather assistant: gpt-5 at {server.OpenAIBaseAddress}", run.Output, StringComparison.Ordinal);
        var request = Assert.Single(server.Requests);
        Assert.Equal("Bearer test-key", request.Headers["Authorization"]);
        Assert.All(
            ["\"model\":\"gpt-5\"", "\"stream\":true", "You are a weather assistant.", "get_weather", "get_forecast"],
            text => Assert.Contains(text, request.Body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("openai", "chat gpt-4o")]
    [InlineData("anthropic", "chat claude-sonnet-4-5")]
    public async Task Run_RefusedOnce_IsRepeatedOnceAndShowsTheAttemptsOnTheSpan(string provider, string span)
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        server.Enqueue(ModelReply.Fail(429, retryAfterSeconds: 0), ModelReply.Say("Dry."));
        using var file = new TemporaryFile();
        string[] arguments = ["--question", "Rain?", "--spans", file.Path];

        var run = provider == "openai"
            ? await WeatherCall.RunOpenAIAgainstAsync(server, provider, arguments)
            : await WeatherCall.RunAgainstAsync(server, arguments);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(2L, WrittenSpan.ReadAll(file.Path).Single(written => written.Name == span).Values["aiobs.attempt.count"]);
    }
}
