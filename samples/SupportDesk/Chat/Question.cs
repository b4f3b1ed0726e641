using System.Text.Json;

namespace SupportDesk.Chat;

/// <summary>Is what a visitor asks.</summary>
/// <param name="Text">The question.</param>
internal sealed record Question(string? Text)
{
    public const int MaxLength = 2_000;

    /// <summary>Reads the question of a request.</summary>
    /// <returns>The question, or what is wrong with the request.</returns>
    public static async Task<(string? Text, string? Problem)> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            return (null, "The content type must be application/json.");
        }

        Question? question;
        try
        {
            question = await request.ReadFromJsonAsync<Question>(request.HttpContext.RequestAborted);
        }
        catch (JsonException)
        {
            return (null, """The body must be JSON such as {"text":"Where is my order 1001?"}.""");
        }
        catch (BadHttpRequestException)
        {
            return (null, "The body is too large, or does not come whole.");
        }

        return question?.Text?.Trim() switch
        {
            null or "" => (null, "The question has no text."),
            { Length: > MaxLength } text => (null, FormattableString.Invariant($"The question has {text.Length:N0} characters; {MaxLength:N0} are allowed.")),
            var text => (text, null),
        };
    }
}
