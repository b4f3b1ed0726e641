using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Ollama;

/// <summary>Ollama's chat.</summary>
internal sealed class OllamaProtocol : ChatProtocol
{
    public override string Provider => "ollama";

    /// <inheritdoc/>
    /// <remarks>A stream is what is not declined.</remarks>
    public override bool IsStream(JsonElement body) => body.GetBoolean("stream") is not false;

    public override WireRequest ReadRequest(JsonElement body, string? model, bool keepsContent)
    {
        var settings = body.Get("options") ?? default;
        var options = new ChatOptions
        {
            ModelId = model,
            Temperature = settings.GetNumber("temperature"),
            TopP = settings.GetNumber("top_p"),
            TopK = settings.GetSmallCount("top_k"),
            Seed = settings.GetCount("seed"),
            MaxOutputTokens = settings.GetSmallCount("num_predict") is > 0 and var most ? most : null,
            FrequencyPenalty = settings.GetNumber("frequency_penalty"),
            PresencePenalty = settings.GetNumber("presence_penalty"),
            StopSequences = StopsOf(settings),
            ResponseFormat = body.Get("format") is { ValueKind: JsonValueKind.Object or JsonValueKind.String } ? ChatResponseFormat.Json : null,
            Tools = ToolsOf(body),
        };
        OptionReading.NoteEffort(options, body.GetText("think"));
        return new WireRequest(MessageReading.ReadAll(body, keepsContent), options);
    }

    public override WireResponse ReadResponse(JsonElement body)
    {
        var response = new ChatResponse(MessageReading.ReadAnswer(body.Get("message") ?? default))
        {
            ModelId = body.GetText("model"),
            FinishReason = FinishReasonOf(body),
            Usage = UsageOf(body),
        };
        return new WireResponse(response, body.Get("error") is { } error ? WireError.Of(error) : null);
    }

    public override ChatEventReader ReadEvents(bool keepsContent, bool keepsCalls) => new OllamaEventReader(keepsContent, keepsCalls);

    internal static ChatFinishReason? FinishReasonOf(JsonElement state) =>
        state.GetName("done_reason") is { } reason ? new ChatFinishReason(reason) : null;

    /// <summary>Reads the counts, which are left out where they are zero, and of a prompt that was kept from before.</summary>
    internal static UsageDetails? UsageOf(JsonElement state)
    {
        var (input, output) = (state.GetCount("prompt_eval_count"), state.GetCount("eval_count"));
        return input is null && output is null
            ? null
            : new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output };
    }

    protected override UsageDetails? ReadUsage(JsonElement state) => UsageOf(state);

    private static List<string>? StopsOf(JsonElement settings)
    {
        List<string> stops = settings.GetText("stop") is { } one ? [one] : [.. settings.Items("stop").Select(static stop => stop.AsText()).OfType<string>()];
        return stops.Count == 0 ? null : stops;
    }

    private static List<AITool>? ToolsOf(JsonElement body)
    {
        List<AITool> tools = [.. body.Items("tools").Select(static tool => ToolReading.Declare(tool.Get("function"))).OfType<AITool>()];
        return tools.Count == 0 ? null : tools;
    }
}
