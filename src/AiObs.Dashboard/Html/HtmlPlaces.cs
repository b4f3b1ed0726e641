namespace AiObs.Dashboard.Html;

/// <summary>Follows markup from place to place.</summary>
internal static class HtmlPlaces
{
    /// <summary>Returns the place after a literal.</summary>
    public static HtmlPlace After(ReadOnlySpan<char> literal, HtmlPlace place)
    {
        foreach (var character in literal)
        {
            place = (place, character) switch
            {
                (HtmlPlace.Content, '<') => HtmlPlace.Tag,
                (HtmlPlace.Tag, '>') => HtmlPlace.Content,
                (HtmlPlace.Tag, '"') => HtmlPlace.Quoted,
                (HtmlPlace.Quoted, '"') => HtmlPlace.Tag,
                _ => place,
            };
        }

        return place;
    }
}
