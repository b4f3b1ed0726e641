using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.OpenAI.Wire.Responses;

/// <summary>Responses.</summary>
internal sealed class ResponsesProtocol : ChatProtocol
{
    public override string ApiType => "responses";

    public override WireRequest ReadRequest(JsonElement body, string? model, bool keepsContent)
    {
        var options = OptionReading.Read(body, model);
        options.MaxOutputTokens = body.GetSmallCount("max_output_tokens");
        options.ResponseFormat = OptionReading.FormatOf(body.Get("text")?.Get("format").GetText("type"));
        options.ConversationId = body.GetText("previous_response_id") ?? ConversationOf(body);
        OptionReading.NoteEffort(options, body.Get("reasoning").GetText("effort"));
        if (keepsContent)
        {
            options.Instructions = body.GetText("instructions");
            options.Tools = HostedTools.ReadAll(body);
        }

        return new WireRequest(InputReading.ReadAll(body, keepsContent), options);
    }

    public override WireResponse ReadResponse(JsonElement body)
    {
        var answer = new ChatMessage { Role = ChatRole.Assistant };
        foreach (var item in body.Items("output"))
        {
            ItemReading.AddContents(answer.Contents, item);
        }

        var response = new ChatResponse(answer)
        {
            ResponseId = body.GetText("id"),
            ModelId = body.GetText("model"),
            ConversationId = ConversationOf(body),
            FinishReason = FinishReasonOf(body, hasCalls: answer.Contents.Any(static content => content is FunctionCallContent)),
            Usage = UsageReading.OfResponse(body.Get("usage")),
            AdditionalProperties = WireProperties.Of(body),
        };
        return new WireResponse(response, body.Get("error") is { } error ? WireError.Of(error) : null);
    }

    public override ChatEventReader ReadEvents(bool keepsContent, bool keepsCalls) => new ResponseEventReader(keepsContent, keepsCalls);

    internal static string? ConversationOf(JsonElement body) => body.Get("conversation") switch
    {
        { ValueKind: JsonValueKind.String } id => id.AsText(),
        { ValueKind: JsonValueKind.Object } conversation => conversation.GetText("id"),
        _ => null,
    };

    /// <summary>Says why the model stopped in the words of chat completions, as chat clients do; a response that still runs has not.</summary>
    internal static ChatFinishReason? FinishReasonOf(JsonElement body, bool hasCalls) =>
        (body.GetText("status"), body.Get("incomplete_details").GetText("reason")) switch
        {
            (_, "max_output_tokens") => ChatFinishReason.Length,
            (_, { Length: > 0 } reason) => new ChatFinishReason(reason),
            ("completed", _) => hasCalls ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
            _ => null,
        };
}
