namespace AiObs.Cost.Tables;

/// <summary>How a text is compared.</summary>
internal enum TextMatchKind
{
    EqualTo,
    StartsWith,
    EndsWith,
    Contains,
    Pattern,
    AnyOf,
    AllOf,
}
