using System.Text;
using System.Text.RegularExpressions;

namespace AiObs.Privacy.Redaction;

/// <summary>One rule: a pattern, and how much of what the pattern found is really meant.</summary>
/// <remarks>
/// Patterns look at each character a bounded number of times, whatever the text; the time limit is there for the day one of them
/// does not. A time-out reaches <see cref="TextRedactor"/>, which then shows nothing of the text.
/// </remarks>
/// <param name="name">The rule's name, the suffix of <c>aiobs.redaction.</c>.</param>
/// <param name="pattern">What may be a hit.</param>
/// <param name="measure">Returns how many characters of a candidate are a hit, from its start on; 0 for none. By default all of them are.</param>
/// <param name="member">The names of JSON members whose texts are hits, whatever they look like. By default no name is.</param>
internal sealed class RedactionRule(string name, Regex pattern, Func<string, int>? measure = null, Regex? member = null)
{
    /// <summary>How long one search may take, in milliseconds. Nobody waits as long: <see cref="AgentObservabilityOptions.CallbackTimeout"/> holds for all searches of a call.</summary>
    public const int TimeLimit = 5000;

    /// <summary>A place where a word begins: also after an escaped line break, in the text of JSON or code that was put into a string.</summary>
    public const string WordStart = @"(?<![0-9A-Z_a-moqsu-z]|(?<!\\)[nrt])";

    /// <summary>The same for tokens, in which hyphens are letters.</summary>
    public const string TokenStart = @"(?<![0-9A-Z_a-moqsu-z-]|(?<!\\)[nrt])";

    /// <summary>A place where a word ends.</summary>
    public const string WordEnd = "(?![0-9A-Za-z_])";

    public string Name { get; } = name;

    /// <summary>Gets what stands in the place of a hit.</summary>
    public string Placeholder { get; } = $"[{name.ToUpperInvariant()}]";

    /// <summary>Tells whether the text of a JSON member is a hit because of the member's name.</summary>
    public bool CoversMember(string memberName) => member is not null && member.IsMatch(memberName);

    /// <summary>Replaces what the rule finds.</summary>
    /// <exception cref="TimeoutException">The time of the run is up.</exception>
    public string Apply(string text, RedactionRun run)
    {
        run.ThrowIfLate();
        var hits = 0;
        StringBuilder? result = null;
        var kept = 0;
        while (FindNext(text, kept) is { Length: > 0 } hit)
        {
            result = (result ?? new StringBuilder(text.Length)).Append(text, kept, hit.Start - kept).Append(Placeholder);
            kept = hit.Start + hit.Length;
            hits++;
            run.ThrowIfLate();
        }

        run.Count(Name, hits);
        return result is null ? text : result.Append(text, kept, text.Length - kept).ToString();
    }

    /// <summary>Finds the first hit from a place on, at which a text begins or the hit before ends: what follows a hit begins anew, else one secret could hide the next one behind it.</summary>
    /// <returns>Where it stands; an empty place where there is none.</returns>
    public RedactionHit FindNext(string text, int from)
    {
        // A candidate that is no hit may still have one inside.
        for (var match = pattern.Match(text, from, text.Length - from); match.Success; match = pattern.Match(text, match.Index + 1))
        {
            var length = measure is null ? match.Length : measure(match.Value);
            if (length > 0)
            {
                return new(this, match.Index, length);
            }
        }

        return default;
    }
}
