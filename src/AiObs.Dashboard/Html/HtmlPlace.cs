namespace AiObs.Dashboard.Html;

/// <summary>Where in a page writing has come to.</summary>
internal enum HtmlPlace
{
    /// <summary>Between tags.</summary>
    Content,

    /// <summary>In a title, which takes no elements.</summary>
    Title,

    /// <summary>In a tag, outside of quotes.</summary>
    Tag,

    /// <summary>Between the double quotes of an attribute.</summary>
    Quoted,
}
