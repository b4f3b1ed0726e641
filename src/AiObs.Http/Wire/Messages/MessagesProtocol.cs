using System.Text.Json;
using AiObs.Operations;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Messages;

/// <summary>Anthropic's messages.</summary>
internal sealed class MessagesProtocol : ChatProtocol
{
    public override string Provider => ProviderNames.Anthropic;

    public override WireRequest ReadRequest(JsonElement body, string? model, bool keepsContent)
    {
        var choice = body.Get("tool_choice");
        var options = OptionReading.Read(body, model);
        options.MaxOutputTokens = body.GetSmallCount("max_tokens");
        options.TopK = body.GetSmallCount("top_k");
        options.StopSequences = StopsOf(body);
        options.ToolMode = ModeOf(choice);
        options.AllowMultipleToolCalls = choice?.GetBoolean("disable_parallel_tool_use") is { } disabled ? !disabled : null;
        options.ResponseFormat = OptionReading.FormatOf((body.Get("output_config")?.Get("format") ?? body.Get("output_format")).GetText("type"));
        OptionReading.NoteEffort(options, body.Get("output_config").GetText("effort"));
        options.Tools = ToolsOf(body);
        if (keepsContent)
        {
            options.Instructions = ContentReading.TextOf(body.Get("system"), "\n");
        }

        return new WireRequest(BlockReading.ReadAll(body, keepsContent), options) { IsCompacted = BlockReading.AreCompacted(body) };
    }

    public override WireResponse ReadResponse(JsonElement body)
    {
        var answer = new ChatMessage { Role = ChatRole.Assistant };
        foreach (var block in body.Items("content"))
        {
            BlockReading.AddContent(answer.Contents, block);
        }

        var raw = UsageReading.RawOf(body);
        var response = new ChatResponse(answer)
        {
            ResponseId = body.GetText("id"),
            ModelId = body.GetText("model"),
            FinishReason = FinishReasonOf(body),
            Usage = UsageOf(in raw),
            RawRepresentation = raw,
        };
        return new WireResponse(response, body.GetText("type") == "error" ? WireError.Of(body.Get("error") ?? body) : null);
    }

    public override ChatEventReader ReadEvents(bool keepsContent, bool keepsCalls) => new MessageEventReader(keepsContent, keepsCalls);

    /// <summary>Says why the model stopped in the words of chat completions, as chat clients do.</summary>
    internal static ChatFinishReason? FinishReasonOf(JsonElement state) => state.GetName("stop_reason") switch
    {
        null => null,
        "end_turn" or "stop_sequence" => ChatFinishReason.Stop,
        "max_tokens" => ChatFinishReason.Length,
        "tool_use" => ChatFinishReason.ToolCalls,
        "refusal" => ChatFinishReason.ContentFilter,
        var other => new ChatFinishReason(other),
    };

    /// <summary>Makes totals of what is counted beside each other; <see langword="null"/> where nothing was.</summary>
    internal static UsageDetails? UsageOf(in ReportedUsage raw) => raw.Input is null && raw.Output is null
        ? null
        : new UsageDetails
        {
            InputTokenCount = raw.WholeInput,
            OutputTokenCount = raw.Output,
            TotalTokenCount = raw.WholeInput + raw.Output,
            CachedInputTokenCount = raw.CacheRead,
            ReasoningTokenCount = raw.Reasoning,
        };

    protected override UsageDetails? ReadUsage(JsonElement state) => UsageOf(UsageReading.RawOf(state));

    private static ChatToolMode? ModeOf(JsonElement? choice) => (choice.GetText("type"), choice.GetName("name")) switch
    {
        ("auto", _) => ChatToolMode.Auto,
        ("none", _) => ChatToolMode.None,
        ("any", _) => ChatToolMode.RequireAny,
        ("tool", { } name) => ChatToolMode.RequireSpecific(name),
        _ => null,
    };

    private static List<string>? StopsOf(JsonElement body)
    {
        List<string> stops = [.. body.Items("stop_sequences").Select(static stop => stop.AsText()).OfType<string>()];
        return stops.Count == 0 ? null : stops;
    }

    private static List<AITool>? ToolsOf(JsonElement body)
    {
        List<AITool> tools = [.. body.Items("tools").Select(ToolOf).OfType<AITool>()];
        return tools.Count == 0 ? null : tools;
    }

    /// <summary>Reads a function, which alone has a schema, or a tool that the service knows or runs by itself.</summary>
    private static AITool? ToolOf(JsonElement tool) => tool.GetText("type") switch
    {
        { Length: > 0 } type when type != "custom" => new OtherTool(type, tool.GetName("name") ?? type),
        _ => ToolReading.Declare(tool, "input_schema"),
    };
}
