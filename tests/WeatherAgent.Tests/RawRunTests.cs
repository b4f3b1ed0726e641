using FakeModelServer;

namespace WeatherAgent.Tests;

/// <summary>Runs the sample on the SDK of OpenAI as it is.</summary>
public sealed class RawRunTests
{
    internal const string Expected = """
        Weather assistant: gpt-4o, played by a script (set OPENAI_API_KEY for the real one)

        > What is the weather in Oslo?
          get_weather {"city":"Oslo"}
        Oslo has 4 °C and light snow. Dress warmly!

        > Where should I spend tomorrow, in Oslo or in Lisbon?
          get_forecast {"city":"Oslo"}
          get_forecast {"city":"Lisbon"}
        Oslo has 2 °C and snow showers; Lisbon has 23 °C and sunshine. I would go to Lisbon.

        ── Spans ───────────────────────────────────────────────────────────────────────────────────────────

        AGENT invoke_agent weather-assistant                                                            # ms
        │  gen_ai.conversation.id                 weather-########
        │  input.value                            What is the weather in Oslo?
        │  output.value                           Oslo has 4 °C and light snow. Dress warmly!
        ├─ LLM chat gpt-4o                                 570 in, 24 out (9 reasoning)  $0.001665      # ms
        │     gen_ai.response.finish_reasons      tool_calls
        │     gen_ai.response.time_to_first_chunk #
        ├─ TOOL execute_tool get_weather                                                                # ms
        │     gen_ai.tool.call.arguments          {"city":"Oslo"}
        │     gen_ai.tool.call.result             {"city":"Oslo","celsius":4,"sky":"light snow"}
        └─ LLM chat gpt-4o                                  660 in (480 cached), 27 out  $0.001320      # ms
              gen_ai.response.finish_reasons      stop
              gen_ai.response.time_to_first_chunk #

        AGENT invoke_agent weather-assistant                                                            # ms
        │  gen_ai.conversation.id                 weather-########
        │  input.value                            Where should I spend tomorrow, in Oslo or in Lisbon?
        │  output.value                           Oslo has 2 °C and snow showers; Lisbon has 23 °C and suns…
        ├─ LLM chat gpt-4o                    750 in (480 cached), 39 out (9 reasoning)  $0.001665      # ms
        │     gen_ai.response.finish_reasons      tool_calls
        │     gen_ai.response.time_to_first_chunk #
        ├─ TOOL execute_tool get_forecast                                                               # ms
        │     gen_ai.tool.call.arguments          {"city":"Oslo"}
        │     gen_ai.tool.call.result             {"city":"Oslo","celsius":2,"sky":"snow showers"}
        ├─ TOOL execute_tool get_forecast                                                               # ms
        │     gen_ai.tool.call.arguments          {"city":"Lisbon"}
        │     gen_ai.tool.call.result             {"city":"Lisbon","celsius":23,"sky":"sunshine"}
        └─ LLM chat gpt-4o                                  885 in (480 cached), 54 out  $0.002153      # ms
              gen_ai.response.finish_reasons      stop
              gen_ai.response.time_to_first_chunk #

        9 spans, tokens: 2,865 in (1,440 cached), 144 out (18 reasoning), cost: $0.006803.
        See them in Phoenix (pip install arize-phoenix; phoenix serve): add --otlp http://localhost:6006

        """;

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_RawProvider_ShowsTheConversationThenTheSpansAndNothingElse()
    {
        var run = await WeatherProcess.RunAsync("--provider", "openai-raw");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(Expected, ShownText.Normalize(run.Output));
    }

    [Fact]
    public async Task Run_RawProviderWithoutStream_ShowsTheSameConversationAndSum()
    {
        var run = await WeatherCall.RunAsync("--provider", "openai-raw", "--no-stream");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(Expected[..Expected.IndexOf("──", StringComparison.Ordinal)], run.Output, StringComparison.Ordinal);
        Assert.Contains("cost: $0.006803.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RawProviderWithKey_SaysWhoAnswersAndSendsInstructionsToolsAndKey()
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);

        var run = await WeatherCall.RunOpenAIAgainstAsync(server, "openai-raw", "--model", "gpt-5", "--question", "Rain?");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith($"Weather assistant: gpt-5 at {server.OpenAIBaseAddress}", run.Output, StringComparison.Ordinal);
        var request = Assert.Single(server.Requests);
        Assert.Equal("Bearer test-key", request.Headers["Authorization"]);
        Assert.All(
            ["\"model\":\"gpt-5\"", "\"stream\":true", "You are a weather assistant.", "get_weather", "get_forecast"],
            text => Assert.Contains(text, request.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_RawProviderRefusedOnce_ShowsTheAttemptsOnTheSpan()
    {
        await using var server = await FakeServer.StartAsync(cancellationToken: TestToken);
        server.Enqueue(ModelReply.Fail(429, retryAfterSeconds: 0), ModelReply.Say("Dry."));
        using var file = new TemporaryFile();

        var run = await WeatherCall.RunOpenAIAgainstAsync(server, "openai-raw", "--question", "Rain?", "--spans", file.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(2L, WrittenSpan.ReadAll(file.Path).Single(static span => span.Name == "chat gpt-4o").Values["aiobs.attempt.count"]);
    }

    [Fact]
    public async Task Budget_RawProvider_RefusesACallWithoutASpanOfItsOwn()
    {
        var run = await WeatherCall.RunAsync("--provider", "openai-raw", "--budget", "0.005");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("Refused: Budget 'conversation'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RawProviderUnknownCity_LetsTheModelSayWhatTheToolSaid()
    {
        var run = await WeatherCall.RunAsync("--provider", "openai-raw", "--question", "How is it in Atlantis?");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("I am sorry, I could not find out. Error: There is no weather station in Atlantis.", run.Output, StringComparison.Ordinal);
        Assert.Contains("error.type                          System.ArgumentException: There is no weather station", run.Output, StringComparison.Ordinal);
    }
}
