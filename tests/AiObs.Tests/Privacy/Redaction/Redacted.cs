using AiObs.Privacy.Redaction;

namespace AiObs.Tests.Privacy.Redaction;

/// <summary>Runs built-in rules over a text, in their order.</summary>
internal static class Redacted
{
    public static string By(RedactionRules rules, string text) =>
        BuiltInRules.For(rules).Aggregate(text, static (text, rule) => rule.Apply(text, new RedactionRun(TimeSpan.FromHours(1))));

    public static string ByAll(string text) => By(RedactionRules.All, text);
}
