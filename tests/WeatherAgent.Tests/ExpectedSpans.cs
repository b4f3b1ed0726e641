using AiObs.TestSupport;
using static WeatherAgent.Tests.ConversationMessage;

namespace WeatherAgent.Tests;

/// <summary>Is what the built-in conversation must leave on its spans: every attribute, with its value where a run does not make it up.</summary>
internal static class ExpectedSpans
{
    private const string GetWeather = "get_weather";
    private const string GetForecast = "get_forecast";
    private const string AskOslo = """{"city":"Oslo"}""";
    private const string AskLisbon = """{"city":"Lisbon"}""";
    private const string OsloToday = """{"city":"Oslo","celsius":4,"sky":"light snow"}""";
    private const string OsloTomorrow = """{"city":"Oslo","celsius":2,"sky":"snow showers"}""";
    private const string LisbonTomorrow = """{"city":"Lisbon","celsius":23,"sky":"sunshine"}""";
    private const string FirstQuestion = "What is the weather in Oslo?";
    private const string SecondQuestion = "Where should I spend tomorrow, in Oslo or in Lisbon?";
    private const string FirstAnswer = "Oslo has 4 °C and light snow. Dress warmly!";
    private const string SecondAnswer = "Oslo has 2 °C and snow showers; Lisbon has 23 °C and sunshine. I would go to Lisbon.";

    /// <summary>Everything that is said, in order.</summary>
    private static readonly ConversationMessage[] Messages =
    [
        ConversationMessage.System("You are a weather assistant. Look the weather up, never guess it. Answer in one or two short sentences."),
        User(FirstQuestion),
        Ask("I should look up Oslo.", ("toolu_fake000001x0", GetWeather, AskOslo)),
        Result("toolu_fake000001x0", OsloToday),
        Answer(FirstAnswer),
        User(SecondQuestion),
        Ask("I should look up Oslo and Lisbon.", ("toolu_fake000003x0", GetForecast, AskOslo), ("toolu_fake000003x1", GetForecast, AskLisbon)),
        Result("toolu_fake000003x0", OsloTomorrow),
        Result("toolu_fake000003x1", LisbonTomorrow),
        Answer(SecondAnswer),
    ];

    public static Dictionary<string, object?> FirstRun => Agent(FirstQuestion, FirstAnswer, GetWeather);

    public static Dictionary<string, object?> SecondRun => Agent(SecondQuestion, SecondAnswer, GetForecast);

    public static Dictionary<string, object?> OsloLookUp => Tool(GetWeather, "Gets the weather in a city right now.", "toolu_fake000001x0", AskOslo, OsloToday);

    public static Dictionary<string, object?> OsloForecast => Tool(GetForecast, "Gets tomorrow's weather in a city.", "toolu_fake000003x0", AskOslo, OsloTomorrow);

    public static Dictionary<string, object?> LisbonForecast => Tool(GetForecast, "Gets tomorrow's weather in a city.", "toolu_fake000003x1", AskLisbon, LisbonTomorrow);

    /// <summary>The model calls in order; tokens are: in, cached, written to the cache, out, reasoning; costs are: plain input, cached, written to the cache, output.</summary>
    public static IReadOnlyList<Dictionary<string, object?>> ModelCalls =>
    [
        ModelCall(1, inputs: 2, tokens: [570, 0, 480, 24, 9], costs: [0.00027m, 0, 0.0018m, 0.00036m]),
        ModelCall(2, inputs: 4, tokens: [660, 480, 0, 27, 0], costs: [0.00054m, 0.000144m, 0, 0.000405m], answer: FirstAnswer),
        ModelCall(3, inputs: 6, tokens: [750, 480, 0, 39, 9], costs: [0.00081m, 0.000144m, 0, 0.000585m]),
        ModelCall(4, inputs: 9, tokens: [840, 480, 0, 54, 0], costs: [0.00108m, 0.000144m, 0, 0.00081m], answer: SecondAnswer),
    ];

    private static Dictionary<string, object?> Agent(string question, string answer, string tool) => new()
    {
        ["openinference.span.kind"] = "AGENT",
        ["agent.name"] = "weather-assistant",
        ["gen_ai.operation.name"] = "invoke_agent",
        ["gen_ai.agent.name"] = "weather-assistant",
        ["gen_ai.provider.name"] = "anthropic",
        ["session.id"] = AnyValue.Of<string>(),
        ["gen_ai.conversation.id"] = AnyValue.Of<string>(),
        ["aiobs.agent.tools_used"] = new[] { tool },
        ["aiobs.agent.iterations"] = 2L,
        ["input.value"] = question,
        ["input.mime_type"] = "text/plain",
        ["output.value"] = answer,
        ["output.mime_type"] = "text/plain",
    };

    private static Dictionary<string, object?> Tool(string name, string description, string callId, string arguments, string result) => new()
    {
        ["openinference.span.kind"] = "TOOL",
        ["tool.name"] = name,
        ["tool.id"] = callId,
        ["tool.description"] = description,
        ["tool.parameters"] = arguments,
        ["gen_ai.operation.name"] = "execute_tool",
        ["gen_ai.agent.name"] = "weather-assistant",
        ["gen_ai.tool.name"] = name,
        ["gen_ai.tool.type"] = "function",
        ["gen_ai.tool.description"] = description,
        ["gen_ai.tool.call.id"] = callId,
        ["gen_ai.tool.call.arguments"] = arguments,
        ["gen_ai.tool.call.result"] = result,
        ["session.id"] = AnyValue.Of<string>(),
        ["gen_ai.conversation.id"] = AnyValue.Of<string>(),
        ["input.value"] = arguments,
        ["input.mime_type"] = "application/json",
        ["output.value"] = result,
        ["output.mime_type"] = "application/json",
    };

    private static Dictionary<string, object?> ModelCall(int number, int inputs, long[] tokens, decimal[] costs, string? answer = null)
    {
        var finishReason = answer is null ? "tool_calls" : "stop";
        var expected = new Dictionary<string, object?>
        {
            ["openinference.span.kind"] = "LLM",
            ["llm.system"] = "anthropic",
            ["llm.provider"] = "anthropic",
            ["llm.model_name"] = "claude-sonnet-4-5",
            ["llm.request.model_name"] = "claude-sonnet-4-5",
            ["llm.response.model_name"] = "claude-sonnet-4-5",
            ["llm.finish_reason"] = finishReason,
            ["llm.invocation_parameters"] = """{"max_tokens":320}""",
            ["llm.token_count.prompt"] = tokens[0],
            ["llm.token_count.prompt_details.cache_read"] = tokens[1],
            ["llm.token_count.completion"] = tokens[3],
            ["llm.token_count.completion_details.reasoning"] = tokens[4],
            ["llm.token_count.total"] = tokens[0] + tokens[3],
            ["llm.tools.0.tool.json_schema"] = AnyValue.Of<string>(),
            ["llm.tools.1.tool.json_schema"] = AnyValue.Of<string>(),
            ["gen_ai.operation.name"] = "chat",
            ["gen_ai.provider.name"] = "anthropic",
            ["gen_ai.request.model"] = "claude-sonnet-4-5",
            ["gen_ai.request.max_tokens"] = 320L,
            ["gen_ai.request.stream"] = true,
            ["gen_ai.response.model"] = "claude-sonnet-4-5",
            ["gen_ai.response.id"] = $"msg_fake00000{number}",
            ["gen_ai.response.finish_reasons"] = new[] { finishReason },
            ["gen_ai.response.time_to_first_chunk"] = AnyValue.Of<double>(),
            ["gen_ai.usage.input_tokens"] = tokens[0],
            ["gen_ai.usage.cache_read.input_tokens"] = tokens[1],
            ["gen_ai.usage.output_tokens"] = tokens[3],
            ["gen_ai.usage.reasoning.output_tokens"] = tokens[4],
            ["gen_ai.system_instructions"] = AnyValue.Of<string>(),
            ["gen_ai.input.messages"] = AnyValue.Of<string>(),
            ["gen_ai.output.messages"] = AnyValue.Of<string>(),
            ["gen_ai.tool.definitions"] = AnyValue.Of<string>(),
            ["gen_ai.conversation.id"] = AnyValue.Of<string>(),
            ["session.id"] = AnyValue.Of<string>(),
            ["server.address"] = "127.0.0.1",
            ["server.port"] = AnyValue.Of<long>(),
            ["input.value"] = AnyValue.Of<string>(),
            ["input.mime_type"] = "application/json",
            ["output.value"] = answer is null ? AnyValue.Of<string>() : answer,
            ["output.mime_type"] = answer is null ? "application/json" : "text/plain",
            ["aiobs.stream.outcome"] = "completed",
            ["aiobs.stream.chunks"] = AnyValue.Of<long>(),
            ["llm.cost.prompt"] = (double)(costs[0] + costs[1] + costs[2]),
            ["llm.cost.prompt_details.input"] = (double)costs[0],
            ["llm.cost.completion"] = (double)costs[3],
            ["llm.cost.completion_details.output"] = (double)costs[3],
            ["llm.cost.total"] = (double)costs.Sum(),
            ["aiobs.cost.total"] = (double)costs.Sum(),
            ["aiobs.cost.source"] = "table",
            ["aiobs.cost.completeness"] = "exact",
            ["aiobs.cost.rule"] = "claude-sonnet-4-5",
        };
        if (costs[1] > 0)
        {
            expected["llm.cost.prompt_details.cache_read"] = (double)costs[1];
        }

        if (tokens[2] > 0)
        {
            // The SDK reports what was written to the cache only where something was.
            expected["llm.token_count.prompt_details.cache_write"] = tokens[2];
            expected["gen_ai.usage.cache_creation.input_tokens"] = tokens[2];
            expected["llm.cost.prompt_details.cache_write"] = (double)costs[2];
        }

        var sent = Messages[..inputs].SelectMany((message, index) => message.Flatten($"llm.input_messages.{index}"));
        foreach (var (key, value) in sent.Concat(Messages[inputs].Flatten("llm.output_messages.0")))
        {
            expected.Add(key, value);
        }

        return expected;
    }
}
