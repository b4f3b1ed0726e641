namespace AiObs.Dashboard.Filters;

/// <summary>The names that filters have in addresses.</summary>
internal static class FilterNames
{
    public const string Range = "range";
    public const string From = "from";
    public const string To = "to";
    public const string Order = "order";
    public const string Model = "model";
    public const string Provider = "provider";
    public const string Agent = "agent";
    public const string Tool = "tool";
    public const string User = "user";
    public const string Conversation = "conversation";
    public const string Session = "session";
    public const string Tag = "tag";
    public const string Error = "error";
    public const string Source = "source";
    public const string Kind = "kind";
    public const string Status = "status";
    public const string Type = "type";
    public const string Trace = "trace";
    public const string Text = "q";
    public const string MinDuration = "min";
    public const string MinCost = "cost";

    /// <summary>The order in which the dearest come first. The others are those of a trace store.</summary>
    public const string Dearest = "Dearest";

    /// <summary>By what a page tells apart.</summary>
    public const string By = "by";

    /// <summary>Where a listing goes on.</summary>
    public const string Cursor = "cursor";

    /// <summary>Where a listing of what is kept goes on, which stands beside one of traces.</summary>
    public const string KeptCursor = "kept";

    /// <summary>Whose a conversation is.</summary>
    public const string Tenant = "tenant";

    /// <summary>Which of its branches is looked at.</summary>
    public const string Branch = "branch";

    /// <summary>Before which of its messages.</summary>
    public const string Before = "before";
}
