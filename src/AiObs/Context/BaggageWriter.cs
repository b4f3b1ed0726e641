using System.Text;

namespace AiObs;

/// <summary>Writes for whom work is into the baggage of a request.</summary>
internal sealed class BaggageWriter(IEnumerable<string> keys, Faults faults)
{
    private readonly string[] _keys = [.. keys.Distinct(StringComparer.Ordinal)];

    /// <summary>Returns the baggage of a request.</summary>
    /// <param name="header">What others put there.</param>
    /// <param name="scope">For whom the work is; <see langword="null"/> where that is nobody's business.</param>
    /// <returns>The header; <see langword="null"/> where it stays empty.</returns>
    public string? Write(string? header, AgentContext? scope)
    {
        var written = new StringBuilder(WithoutOurs(header));
        foreach (var key in _keys)
        {
            if (scope is null || ValueOf(key, scope) is not { } value)
            {
                continue;
            }

            var member = $"{key}={Uri.EscapeDataString(value)}";
            var separator = written.Length == 0 ? "" : ",";
            if (written.Length + separator.Length + member.Length > BaggageKeys.MostBytes)
            {
                faults.Drop(BaggageKeys.Part);
                continue;
            }

            written.Append(separator).Append(member);
        }

        return written.Length == 0 ? null : written.ToString();
    }

    /// <summary>Removes what came with an earlier request: it goes on only where that is wanted.</summary>
    public static string? WithoutOurs(string? header) => header is null || !header.Contains("aiobs.", StringComparison.Ordinal)
        ? header
        : string.Join(',', header.Split(',').Where(static member => !BaggageKeys.All.Contains(member.Split('=')[0].Trim())));

    private static string? ValueOf(string key, AgentContext scope) => key switch
    {
        BaggageKeys.ConversationId => scope.ConversationId,
        BaggageKeys.UserId => scope.UserId,
        BaggageKeys.SessionId => scope.SessionId,
        _ => BaggageKeys.Join(scope.Tags),
    };
}
