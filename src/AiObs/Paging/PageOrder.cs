namespace AiObs;

/// <summary>Which end of a listing comes first.</summary>
public enum PageOrder
{
    /// <summary>The oldest entry comes first.</summary>
    OldestFirst,

    /// <summary>The newest entry comes first.</summary>
    NewestFirst,
}
