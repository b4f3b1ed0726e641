using System.Globalization;
using System.Text.RegularExpressions;

namespace AiObs.Cost.Tables;

/// <summary>Some providers write <c>gpt-4o-20240806</c> for what the data calls <c>gpt-4o-2024-08-06</c>.</summary>
internal static partial class CompactDates
{
    /// <summary>Writes every date of the form <c>-YYYYMMDD</c> as <c>-YYYY-MM-DD</c>.</summary>
    public static string Expand(string model) => Candidate().Replace(model, static match =>
        DateOnly.TryParseExact(match.ValueSpan[1..], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? string.Create(CultureInfo.InvariantCulture, $"-{date:yyyy-MM-dd}")
            : match.Value);

    [GeneratedRegex("-20[0-9]{6}(?=-|:|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Candidate();
}
