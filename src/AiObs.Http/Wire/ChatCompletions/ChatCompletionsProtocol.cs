using System.Text.Json;
using AiObs.Operations;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.ChatCompletions;

/// <summary>Chat completions.</summary>
internal sealed class ChatCompletionsProtocol : ChatProtocol
{
    public override string ApiType => "chat_completions";

    public override string Provider => ProviderNames.OpenAI;

    public override WireRequest ReadRequest(JsonElement body, string? model, bool keepsContent)
    {
        var options = OptionReading.Read(body, model);
        options.MaxOutputTokens = body.GetSmallCount("max_completion_tokens") ?? body.GetSmallCount("max_tokens");
        options.FrequencyPenalty = body.GetNumber("frequency_penalty");
        options.PresencePenalty = body.GetNumber("presence_penalty");
        options.Seed = body.GetCount("seed");
        options.StopSequences = StopsOf(body);
        options.ResponseFormat = OptionReading.FormatOf(body.Get("response_format").GetText("type"));
        OptionReading.NoteEffort(options, body.GetText("reasoning_effort"));
        options.Tools = ToolsOf(body);
        return new WireRequest(MessageReading.ReadAll(body, keepsContent), options);
    }

    public override WireResponse ReadResponse(JsonElement body)
    {
        var response = new ChatResponse
        {
            ResponseId = body.GetText("id"),
            ModelId = body.GetText("model"),
            Usage = UsageReading.OfCompletion(body.Get("usage")),
            AdditionalProperties = WireProperties.Of(body),
            RawRepresentation = UsageReading.RawOf(body),
        };
        var choices = new List<AnswerChoice>();
        foreach (var choice in body.Items("choices").OrderBy(static choice => choice.GetCount("index") ?? 0))
        {
            var message = MessageReading.ReadAnswer(choice.Get("message") ?? default);
            ChoiceContents.Mark(message.Contents, from: 0, choices.Count);
            choices.Add(new(choices.Count, FinishReasonOf(choice)?.Value));
            response.FinishReason ??= FinishReasonOf(choice);
            response.Messages.Add(message);
        }

        // Routers answer so where the model behind them failed.
        return new WireResponse(
            response,
            choices.Count == 0 && body.Get("error") is { } error ? WireError.Of(error) : null,
            Choices: choices.Count > 1 ? choices : null);
    }

    public override ChatEventReader ReadEvents(bool keepsContent, bool keepsCalls) => new ChunkReader(keepsContent, keepsCalls);

    internal static ChatFinishReason? FinishReasonOf(JsonElement choice) =>
        choice.GetName("finish_reason") is { } reason ? new(reason == "function_call" ? "tool_calls" : reason) : null;

    protected override UsageDetails? ReadUsage(JsonElement state) => UsageReading.OfCompletion(state.Get("usage"));

    private static List<string>? StopsOf(JsonElement body) => body.Get("stop") switch
    {
        { ValueKind: JsonValueKind.String } one => [one.AsText() ?? ""],
        { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray()
            .Where(static stop => stop.ValueKind == JsonValueKind.String)
            .Select(static stop => stop.AsText() ?? "")],
        _ => null,
    };

    private static List<AITool>? ToolsOf(JsonElement body)
    {
        List<AITool>? tools = null;
        foreach (var tool in body.Items("tools"))
        {
            if ((ToolReading.Declare(tool.Get("function")) ?? ToolReading.DeclareCustom(tool.Get("custom"))) is { } function)
            {
                (tools ??= []).Add(function);
            }
        }

        return tools;
    }
}
