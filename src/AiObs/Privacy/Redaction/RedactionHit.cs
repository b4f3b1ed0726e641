namespace AiObs.Privacy.Redaction;

/// <summary>Where a rule found something.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How many characters it has; 0 where nothing was found.</param>
internal readonly record struct RedactionHit(RedactionRule Rule, int Start, int Length);
