namespace WeatherAgent.Tests;

/// <summary>Runs the sample as a newcomer does: with nothing.</summary>
public sealed class DefaultRunTests
{
    private const string Expected = """
        Weather assistant: claude-sonnet-4-5, played by a script (set ANTHROPIC_API_KEY for the real one)

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
        ├─ LLM chat claude-sonnet-4-5                      570 in, 24 out (9 reasoning)  $0.002430      # ms
        │     gen_ai.response.finish_reasons      tool_calls
        │     gen_ai.response.time_to_first_chunk #
        ├─ TOOL execute_tool get_weather                                                                # ms
        │     gen_ai.tool.call.arguments          {"city":"Oslo"}
        │     gen_ai.tool.call.result             {"city":"Oslo","celsius":4,"sky":"light snow"}
        └─ LLM chat claude-sonnet-4-5                       660 in (480 cached), 27 out  $0.001089      # ms
              gen_ai.response.finish_reasons      stop
              gen_ai.response.time_to_first_chunk #

        AGENT invoke_agent weather-assistant                                                            # ms
        │  gen_ai.conversation.id                 weather-########
        │  input.value                            Where should I spend tomorrow, in Oslo or in Lisbon?
        │  output.value                           Oslo has 2 °C and snow showers; Lisbon has 23 °C and suns…
        ├─ LLM chat claude-sonnet-4-5         750 in (480 cached), 39 out (9 reasoning)  $0.001539      # ms
        │     gen_ai.response.finish_reasons      tool_calls
        │     gen_ai.response.time_to_first_chunk #
        ├─ TOOL execute_tool get_forecast                                                               # ms
        │     gen_ai.tool.call.arguments          {"city":"Oslo"}
        │     gen_ai.tool.call.result             {"city":"Oslo","celsius":2,"sky":"snow showers"}
        ├─ TOOL execute_tool get_forecast                                                               # ms
        │     gen_ai.tool.call.arguments          {"city":"Lisbon"}
        │     gen_ai.tool.call.result             {"city":"Lisbon","celsius":23,"sky":"sunshine"}
        └─ LLM chat claude-sonnet-4-5                       840 in (480 cached), 54 out  $0.002034      # ms
              gen_ai.response.finish_reasons      stop
              gen_ai.response.time_to_first_chunk #

        9 spans, tokens: 2,820 in (1,440 cached), 144 out (18 reasoning), cost: $0.007092.
        See them in Phoenix (pip install arize-phoenix; phoenix serve): add --otlp http://localhost:6006

        """;

    [Fact]
    public async Task Run_NoArguments_ShowsTheConversationThenTheSpansAndNothingElse()
    {
        var run = await WeatherProcess.RunAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(Expected, ShownText.Normalize(run.Output));
    }

    [Fact]
    public async Task Run_QuestionsAndModelOfOnesOwn_AsksThemInOneConversation()
    {
        var run = await WeatherCall.RunAsync("--question", "How is it in Tokyo?", "--question", "And in Atlantis?", "--model", "claude-haiku-4-5");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("> How is it in Tokyo?\n  get_weather {\"city\":\"Tokyo\"}\nTokyo has 17 °C and rain. Enjoy it!\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("error.type                          System.ArgumentException: There is no weather station", run.Output, StringComparison.Ordinal);
        Assert.Contains("└─ LLM chat claude-haiku-4-5", run.Output, StringComparison.Ordinal);
    }
}
