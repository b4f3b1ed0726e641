namespace AiObs.Cost.Tests.Golden;

/// <summary>The titles of the sections of a picture.</summary>
internal static class Titles
{
    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.ToolFailed => "tool failed",
        Outcome.LeftEarly => "left early",
        Outcome.Cut => "cut by a budget",
        Outcome.Refused => "refused by a budget",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
