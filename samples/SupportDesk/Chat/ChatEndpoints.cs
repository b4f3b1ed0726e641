using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc;
using SupportDesk.Assistant;
using SupportDesk.Visitors;

namespace SupportDesk.Chat;

/// <summary>The API of the page: conversations, questions in them, and what was recorded of the answers.</summary>
internal static class ChatEndpoints
{
    public const string ConversationRoute = "conversation";

    private const int MaxRequestBytes = 16_384;

    public static void MapChat(this IEndpointRouteBuilder endpoints)
    {
        var conversations = endpoints.MapGroup("/api/conversations").RequireAuthorization();
        conversations.MapPost("/", Start);
        conversations.MapPost("/{conversation}/messages", AskAsync).WithMetadata(new RequestSizeLimitAttribute(MaxRequestBytes));
        conversations.MapGet("/{conversation}/traces/{trace}", ReadAsync);
    }

    private static IResult Start(HttpContext http, ConversationList conversations)
    {
        var conversation = conversations.Start(Visitor.IdOf(http.User));

        return Results.Created($"/api/conversations/{conversation.Id}", new { id = conversation.Id });
    }

    /// <summary>Answers a question with a stream of server-sent events; see <see cref="TurnEvent"/>.</summary>
    private static async Task<IResult> AskAsync(string conversation, HttpContext http, ConversationList conversations, SupportAssistant assistant)
    {
        if (conversations.Find(conversation, Visitor.IdOf(http.User)) is not { } found)
        {
            return Missing();
        }

        var (text, problem) = await Question.ReadAsync(http.Request);
        if (text is null)
        {
            return Results.Problem(problem, statusCode: StatusCodes.Status400BadRequest);
        }

        if (found.IsFull)
        {
            return Results.Problem("This conversation is very long. Start a new one.", statusCode: StatusCodes.Status409Conflict);
        }

        if (found.TryBeginTurn() is not { } turn)
        {
            return Results.Problem("The last question is still being answered.", statusCode: StatusCodes.Status409Conflict);
        }

        http.Response.RegisterForDispose(turn);

        return TypedResults.ServerSentEvents(ToItemsAsync(assistant.AnswerAsync(found, text, http.RequestAborted), http.RequestAborted));
    }

    private static async Task<IResult> ReadAsync(string conversation, string trace, HttpContext http, ConversationList conversations, TurnRecords records) =>
        conversations.Find(conversation, Visitor.IdOf(http.User)) is { } found
            ? Results.Ok(await records.ReadAsync(found, trace, http.RequestAborted))
            : Missing();

    private static IResult Missing() => Results.Problem("There is no such conversation. POST /api/conversations starts one.", statusCode: StatusCodes.Status404NotFound);

    private static async IAsyncEnumerable<SseItem<TurnEvent>> ToItemsAsync(
        IAsyncEnumerable<TurnEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in events.WithCancellation(cancellationToken))
        {
            yield return new SseItem<TurnEvent>(item, item.Type);
        }
    }
}
