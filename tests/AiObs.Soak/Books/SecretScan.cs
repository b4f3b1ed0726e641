using System.Diagnostics;
using AiObs.Events;
using AiObs.Soak.Load;

namespace AiObs.Soak.Books;

/// <summary>Looks for what redaction had to take out.</summary>
internal static class SecretScan
{
    public static int CountIn(Activity span) =>
        span.TagObjects.Count(static tag => Shows(tag.Value))
        + span.Events.SelectMany(static item => item.Tags).Count(static tag => Shows(tag.Value))
        + (Shows(span.StatusDescription) ? 1 : 0);

    public static int CountIn(AgentEvent item) => (Shows(item.Content) ? 1 : 0) + item.Data.Values.Count(Shows);

    private static bool Shows(object? value) => value switch
    {
        string text => text.Contains(RunText.Secret, StringComparison.Ordinal),
        IEnumerable<string> texts => texts.Any(static text => text.Contains(RunText.Secret, StringComparison.Ordinal)),
        _ => false,
    };
}
