using System.Globalization;
using Microsoft.Extensions.AI;

namespace AiObs.Pictures;

/// <summary>Draws what a caller got.</summary>
internal static class AnswerText
{
    public static IEnumerable<string> Of(object? answer) => answer switch
    {
        ChatResponse response => Of(response),
        ChatResponseUpdate update => [PictureText.Line(1, $"update {update.Role?.Value ?? "none"}: {Contents(update.Contents)}{Facts(update.FinishReason, update.ResponseId, update.ModelId)}")],
        IEnumerable<Embedding> embeddings => Of(embeddings),
        Exception exception => [PictureText.Line(1, Failure(exception))],
        null => [PictureText.Line(1, "nothing")],
        _ => [PictureText.Line(1, PictureText.Value(answer))],
    };

    private static IEnumerable<string> Of(ChatResponse response) =>
    [
        .. response.Messages.Select(message => PictureText.Line(1, $"message {message.Role}: {Contents(message.Contents)}")),
        PictureText.Line(1, $"response{Usage(response.Usage)}{Facts(response.FinishReason, response.ResponseId, response.ModelId)}"),
    ];

    private static IEnumerable<string> Of(IEnumerable<Embedding> embeddings)
    {
        var usage = (embeddings.GetType().GetProperty("Usage")?.GetValue(embeddings) as UsageDetails) is { } details ? Usage(details) : "";
        var dimensions = string.Join(", ", embeddings.Select(embedding => embedding.Dimensions.ToString(CultureInfo.InvariantCulture)));

        return [PictureText.Line(1, $"embeddings of dimensions [{dimensions}]{usage}")];
    }

    private static string Failure(Exception exception) =>
        $"{exception.GetType().FullName}: {PictureText.Quote(exception.Message)}{(exception.InnerException is { } inner ? $" because of {Failure(inner)}" : "")}";

    private static string Contents(IEnumerable<AIContent> contents) => $"[{string.Join(", ", contents.Select(Content))}]";

    private static string Content(AIContent content) => content switch
    {
        TextContent text => PictureText.Quote(text.Text),
        FunctionCallContent call => $"call {call.CallId} {call.Name}{PictureText.InlineTags(call.Arguments ?? new Dictionary<string, object?>())}",
        FunctionResultContent result => $"result {result.CallId} {PictureText.Value(result.Result)}{(result.Exception is { } exception ? $" {Failure(exception)}" : "")}",
        UsageContent usage => Usage(usage.Details).TrimStart(' ', ','),
        _ => content.GetType().Name,
    };

    private static string Usage(UsageDetails? usage) => usage is null ? "" : string.Create(
        CultureInfo.InvariantCulture, $", usage {usage.InputTokenCount}/{usage.OutputTokenCount}/{usage.TotalTokenCount}");

    private static string Facts(ChatFinishReason? finish, string? id, string? model) =>
        $"{(finish is { } reason ? $", finish {reason}" : "")}{(id is null ? "" : $", id {id}")}{(model is null ? "" : $", model {model}")}";
}
