namespace AiObs.Cost.Tables;

/// <summary>How well the name of a model fits a rule, the worst first.</summary>
internal enum NameMatch
{
    None,

    /// <summary>By its beginning, say; what is left over may make another model of it.</summary>
    Guess,

    /// <summary>What is left over is a date or a version.</summary>
    Version,

    Exact,
}
