using System.Globalization;
using System.Net;
using Coroutines.Tests.Host;

namespace Coroutines.Tests.Echo;

/// <summary>Feature: each of the lecture's servers echoes lines, whatever its clients do.</summary>
[Platform("Linux")]
[TestFixture("iterative")]
[TestFixture("processes")]
[TestFixture("threads")]
[TestFixture("events")]
[TestFixture("coroutines")]
public sealed class EchoScenarios(string model) : IDisposable
{
    // To wait costs nothing; a loop that doesn't wait takes a hundred ticks a second.
    private const int IdleTicks = 5;

    private readonly ServerProcess server = ServerProcess.Echo(model);

    private EchoScripts Scripts => new(new IPEndPoint(IPAddress.Loopback, server.Port));

    public void Dispose() => server.Dispose();

    [Test]
    public void Lines_come_back_however_they_are_sent()
    {
        Scripts.A_line_comes_back_once_it_is_complete();
        Scripts.Two_lines_and_a_half_in_one_piece_come_back_whole();
        Scripts.Bytes_one_by_one_make_lines();
        Scripts.The_longest_line_comes_back();
        Scripts.A_longer_line_comes_back_in_pieces();
        Scripts.A_megabyte_comes_back_to_a_client_that_reads_late();
    }

    [Test]
    public void A_half_close_is_answered_with_what_is_left()
    {
        Scripts.A_last_line_without_its_end_comes_back_at_the_half_close();
        Scripts.A_client_that_sends_nothing_and_closes_gets_nothing();
        Scripts.Clients_that_come_and_go_are_all_served();
    }

    [Test]
    public void A_client_that_breaks_off_ends_nobody_else()
    {
        Scripts.A_reset_ends_nobody_else();
        Scripts.A_client_that_reads_nothing_and_goes_ends_nobody_else();
    }

    [Test]
    public void Clients_that_have_gone_leave_nothing_behind()
    {
        Scripts.A_line_comes_back_once_it_is_complete();
        var before = Descriptors();
        Scripts.Clients_that_come_and_go_are_all_served();
        server.TicksOfAnIdleSecond().ShouldBeLessThanOrEqualTo(IdleTicks);
        Descriptors().ShouldBeLessThanOrEqualTo(before + 2); // the runtime's own come and go
    }

    [Test]
    public void It_stops_in_good_order()
    {
        Scripts.A_line_comes_back_once_it_is_complete();
        server.Stop().ShouldBe(0, server.Errors.ToString());
        server.Errors.Lines.ShouldBeEmpty();
    }

    private int Descriptors() =>
        Directory.GetFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{server.Id}/fd")).Length;
}
